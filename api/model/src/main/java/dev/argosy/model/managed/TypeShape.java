package dev.argosy.model.managed;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What ownership and merging need to know of the type of one place in a tree. A value that is not
 * of the JSON type that the form asks for is treated as a leaf, so a shape need not be sure.
 *
 * <p>Implementations are immutable; they may refer to themselves.
 */
public interface TypeShape {

  /** How values of a type are owned. */
  enum Form {
    /** As a whole: scalars, and lists, maps and structs declared atomic. */
    LEAF,
    /** Member by member: structs and granular maps. */
    OBJECT,
    /** Each value of a list by itself. */
    SET,
    /** Each element of a list by its keys. */
    ASSOCIATIVE
  }

  Form form();

  /** The member of an {@link Form#OBJECT}; null if it may have none of that name. */
  default @Nullable Member member(String name) {
    return null;
  }

  /** The shape of the elements of a {@link Form#SET} or {@link Form#ASSOCIATIVE} list. */
  default TypeShape element() {
    return LEAF;
  }

  /** The keys of an {@link Form#ASSOCIATIVE} list. */
  default List<String> keys() {
    return List.of();
  }

  /** What stands for a key that an element does not say; null if it must. */
  default @Nullable JsonNode keyDefault(String key) {
    return null;
  }

  /**
   * A member of an object.
   *
   * @param declared whether it is a named field; otherwise a key of a map, which is owned by itself
   * @param always whether an object of the type has it even if nobody says so, as structs of Go
   *     have other structs: nobody owns that it is there
   */
  record Member(TypeShape shape, boolean declared, boolean always) {}

  /** Anything that is owned as a whole. */
  TypeShape LEAF = () -> Form.LEAF;

  /**
   * The shape of trees without a schema: objects are granular, lists atomic.
   *
   * @see <a
   *     href="https://kubernetes.io/docs/reference/using-api/server-side-apply/#custom-resources">Custom
   *     resources and server-side apply</a>
   */
  TypeShape DEDUCED = new Deduced();
}
