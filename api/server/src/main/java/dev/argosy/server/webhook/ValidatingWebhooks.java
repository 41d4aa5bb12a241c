package dev.argosy.server.webhook;

import dev.argosy.model.status.StatusException;
import dev.argosy.server.admission.AdmissionRequest;
import dev.argosy.server.admission.AdmissionStep;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Asks all validating webhooks that want to see a write, at the same time. */
final class ValidatingWebhooks implements AdmissionStep {

  private final HookSource source;
  private final HookMatcher matcher;
  private final HookCaller caller;

  ValidatingWebhooks(HookSource source, HookMatcher matcher, HookCaller caller) {
    this.source = source;
    this.matcher = matcher;
    this.caller = caller;
  }

  /** A question under way. */
  private record Asked(Hook hook, FutureTask<Answer> answer) {}

  @Override
  public void validate(AdmissionRequest request) {
    List<Hook> hooks = source.of(request.target().cluster());
    if (hooks.isEmpty() || HookMatcher.exempt(request)) {
      return;
    }
    List<Asked> asked = new ArrayList<>();
    for (Hook hook : hooks) {
      matcher
          .match(hook, request)
          .ifPresent(bodies ->
              asked.add(new Asked(hook, new FutureTask<>(() -> caller.ask(hook, bodies)))));
    }
    if (asked.size() == 1) {
      asked.getFirst().answer().run();
    } else {
      asked.forEach(one -> Thread.ofVirtual().name("webhook").start(one.answer()));
    }
    conclude(request, asked);
  }

  /** All are heard, so that all warnings are told; the first refusal counts. */
  private static void conclude(AdmissionRequest request, List<Asked> asked) {
    List<StatusException> refusals = new ArrayList<>();
    for (int i = 0; i < asked.size(); i++) {
      Asked one = asked.get(i);
      try {
        conclude(request, one.hook(), answer(one), new HookNotes(request.notes(), false, 0, i));
      } catch (StatusException e) {
        refusals.add(e);
      }
    }
    if (!refusals.isEmpty()) {
      throw refusals.getFirst();
    }
  }

  private static void conclude(
      AdmissionRequest request, Hook hook, Answer answer, HookNotes notes) {
    switch (answer) {
      case Answer.Allowed allowed -> {
        notes.said(hook, allowed.notes());
        allowed.warnings().forEach(request::warn);
      }
      case Answer.BadPatch bad -> bad.warnings().forEach(request::warn);
      case Answer.Denied denied -> {
        notes.said(hook, denied.notes());
        denied.warnings().forEach(request::warn);
        throw denied.status().asException();
      }
      case Answer.Unanswered unanswered -> {
        HookCaller.unanswered(hook, unanswered);
        notes.failedOpen(hook);
      }
    }
  }

  private static Answer answer(Asked asked) {
    try {
      return asked.answer().get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Answer.Unanswered("failed to call webhook: context canceled");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof StatusException refusal) {
        throw refusal;
      }
      throw new IllegalStateException("a webhook could not be asked", e.getCause());
    }
  }
}
