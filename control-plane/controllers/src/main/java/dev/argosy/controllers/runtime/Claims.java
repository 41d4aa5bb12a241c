package dev.argosy.controllers.runtime;

import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.ApiResult;
import dev.argosy.model.client.Patch;
import dev.argosy.model.informer.Informer;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.selector.LabelSelector;
import dev.argosy.model.status.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Takes in orphans that match an owner's selector, and lets go of objects that no longer do.
 *
 * @param <T> how the controller sees what is claimed
 */
public final class Claims<T> {

  private static final Logger LOG = LoggerFactory.getLogger(Claims.class);

  private final ApiClient client;
  private final Informer<T> informer;
  private final Function<T, ApiObject> object;
  private final OwnWrites writes;
  private final String finalizer;

  /**
   * @param informer in which an own claim must show before its owner is worked on again
   */
  public Claims(
      ApiClient client, Informer<T> informer, Function<T, ApiObject> object, OwnWrites writes) {
    this(client, informer, object, writes, "");
  }

  private Claims(
      ApiClient client,
      Informer<T> informer,
      Function<T, ApiObject> object,
      OwnWrites writes,
      String finalizer) {
    this.client = client;
    this.informer = informer;
    this.object = object;
    this.writes = writes;
    this.finalizer = finalizer;
  }

  /** The same, but what is adopted gets this finalizer. */
  public Claims<T> withFinalizer(String name) {
    return new Claims<>(client, informer, object, writes, name);
  }

  /**
   * What belongs to the owner from now on.
   *
   * @param selector what it wants
   * @param owned what names it as its owner
   * @param orphans of its namespace, as far as they may be adopted
   */
  public List<T> of(Owner owner, LabelSelector selector, List<T> owned, List<T> orphans) {
    List<T> mine = new ArrayList<>();
    for (T one : owned) {
      if (wanted(selector, one)) {
        mine.add(one);
      } else {
        release(owner, object.apply(one));
      }
    }
    List<T> fitting = orphans.stream().filter(o -> wanted(selector, o)).toList();
    if (!fitting.isEmpty() && mayAdopt(owner)) {
      fitting.stream().filter(o -> adopt(owner, object.apply(o))).forEach(mine::add);
    }
    return mine;
  }

  private boolean wanted(LabelSelector selector, T one) {
    return selector.matches(object.apply(one).meta().labels());
  }

  /** Asked of the API itself: an owner that is being deleted must not adopt. */
  private boolean mayAdopt(Owner owner) {
    return client
        .get(owner.object().key())
        .orAbsent()
        .map(ApiObject::meta)
        .filter(now -> now.uid().equals(owner.object().meta().uid()) && !now.deleting())
        .isPresent();
  }

  private boolean adopt(Owner owner, ApiObject orphan) {
    ObjectNode patch = Owned.adoption(orphan.meta().uid(), owner.reference());
    if (!finalizer.isEmpty()) {
      patch.withObject("/metadata").putArray("finalizers").add(finalizer);
    }
    return apply(owner, orphan, patch);
  }

  private void release(Owner owner, ApiObject owned) {
    String uid = owner.object().meta().uid();
    if (!owner.object().meta().deleting() && !owned.meta().deleting()) {
      apply(owner, owned, Owned.release(owned.meta().uid(), uid));
    }
  }

  private boolean apply(Owner owner, ApiObject claimed, ObjectNode patch) {
    return switch (client.patch(claimed.key(), "", Patch.strategic(patch))) {
      case ApiResult.Ok<ApiObject>(ApiObject changed) -> {
        writes.expect(owner.object().key(), informer, changed);
        yield true;
      }
      case ApiResult.Refused<ApiObject>(Status status) -> {
        LOG.info(
            "{}: cannot claim or release {}: {}",
            owner.object().key(),
            claimed.key(),
            status.message());
        yield false;
      }
    };
  }
}
