package dev.argosy.model.schema;

/**
 * How writes of a resource behave, apart from its fields.
 *
 * @param createOnUpdate whether PUT to a name that does not exist creates
 * @param unconditionalUpdate whether PUT without resourceVersion is allowed
 * @param generation what counts up {@code metadata.generation}
 * @param keepsStatus whether a status given at create is kept; otherwise resources with a status
 *     subresource lose it
 */
public record Strategy(
    boolean createOnUpdate,
    boolean unconditionalUpdate,
    Generation generation,
    boolean keepsStatus) {

  /** What raises {@code metadata.generation} by one; all but NONE start with 1. */
  public enum Generation {
    NONE,
    /** Stays 1. */
    FIXED,
    SPEC,
    SPEC_AND_ANNOTATIONS,
    /** Anything outside of metadata and status. */
    CONTENT
  }
}
