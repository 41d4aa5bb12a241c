package dev.argosy.server.registry;

import dev.argosy.model.object.Json;
import dev.argosy.model.status.Cause;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Where writes of one kind differ from the generic way. Without state; all parts optional. */
public interface KindRules {

  KindRules NONE = new KindRules() {};

  /** Completes a new object, after defaults and mutation, before validation. */
  default void beforeCreate(Write write, Claims claims, ObjectNode object) {}

  /** Completes a changed object; its status is the old one. */
  default void beforeUpdate(Write write, Claims claims, ObjectNode object, ObjectNode old) {}

  /** Completes an object of which another part than the main one was written. */
  default void beforePartUpdate(ObjectNode object, ObjectNode old) {}

  /**
   * What is wrong besides what the kind itself knows; empty if nothing.
   *
   * @param old null when the object is new
   */
  default List<Cause> problems(Write write, ObjectNode object, @Nullable ObjectNode old) {
    return List.of();
  }

  /**
   * Completes a new object at the very last, when everybody who has a say in it has seen it.
   *
   * @return what the answer to its creation shows besides and nobody ever sees again; empty if
   *     nothing
   */
  default ObjectNode shownOnce(Write write, ObjectNode object) {
    return Json.object();
  }

  /** Is told that the object was made, or removed, and may wait until that counts. */
  default void done(Write write, long revision) {}

  /** Gives back what the object held, as it goes for good. */
  default void beforeRemoval(Claims claims, String cluster, ObjectNode object) {}

  /** Marks an object whose deletion begins. */
  default void deletionBegins(ObjectNode object) {}

  /** Is told of a deletion that does not say what becomes of dependents. */
  default void deletionUnsaid(Warnings warnings) {}

  /** Is asked when the deletion of an object is wanted that is being deleted already. */
  default void deletionAgain(Write write, ObjectNode object) {}

  /** Seconds between the wish to delete and the end; 0 at once. */
  default long grace(@Nullable Long requested, ObjectNode object) {
    return 0;
  }

  /** Whether something besides finalizers still keeps an object that is being deleted. */
  default boolean held(ObjectNode object) {
    return false;
  }
}
