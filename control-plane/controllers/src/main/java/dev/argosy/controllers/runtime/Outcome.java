package dev.argosy.controllers.runtime;

import dev.argosy.model.client.ApiResult;
import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import java.time.Duration;

/** What came of reconciling a key. */
public sealed interface Outcome {

  /** Nothing left to do until something changes. */
  record Done() implements Outcome {}

  /** Nothing to do now; look again then, whatever changes. */
  record RequeueAfter(Duration delay) implements Outcome {}

  /** It did not work out and may the next time; the queue decides when. */
  record Retry(String why) implements Outcome {}

  /** It did not work out and will not until the object changes. */
  record Failed(String why) implements Outcome {}

  Outcome DONE = new Done();

  static Outcome requeueAfter(Duration delay) {
    return new RequeueAfter(delay);
  }

  /** Whether a refusal is worth another try: not if the request itself is bad. */
  static Outcome of(Status refusal) {
    return refusal.reason() == Reason.INVALID || refusal.reason() == Reason.BAD_REQUEST
        ? new Failed(refusal.message())
        : new Retry(refusal.message());
  }

  /** Of deleting an object of a certain uid: done too if it is gone, or another has its name. */
  static Outcome ofDeletion(ApiResult<?> result) {
    return result instanceof ApiResult.Refused<?>(Status status)
            && status.reason() != Reason.NOT_FOUND
            && status.reason() != Reason.CONFLICT
        ? of(status)
        : DONE;
  }
}
