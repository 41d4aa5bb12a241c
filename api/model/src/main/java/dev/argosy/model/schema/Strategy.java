package dev.argosy.model.schema;

/**
 * How writes of a resource behave, apart from its fields.
 *
 * @param createOnUpdate whether PUT to a name that does not exist creates
 * @param unconditionalUpdate whether PUT without resourceVersion is allowed
 * @param generation what counts up {@code metadata.generation}
 * @param keepsStatus whether a status given at create is kept; otherwise resources with a status
 *     subresource lose it
 * @param deletion what becomes of dependents when a deletion does not say
 */
public record Strategy(
    boolean createOnUpdate,
    boolean unconditionalUpdate,
    Generation generation,
    boolean keepsStatus,
    Deletion deletion) {

  /** What raises {@code metadata.generation} by one; all but NONE start with 1. */
  public enum Generation {
    NONE,
    /** Stays 1. */
    FIXED,
    SPEC,
    SPEC_AND_ANNOTATIONS,
    /** Anything outside of metadata and status. */
    CONTENT,
    /** Anything outside of metadata. */
    CONTENT_AND_STATUS
  }

  /** What becomes of an object's dependents when the one who deletes it does not say. */
  public enum Deletion {
    /** They are deleted after it. */
    BACKGROUND,
    /** They stay, without an owner. */
    ORPHAN,
    /** It never has any; what a deletion says of them is not looked at. */
    ALONE
  }
}
