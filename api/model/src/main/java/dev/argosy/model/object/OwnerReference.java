package dev.argosy.model.object;

/**
 * One entry of {@code metadata.ownerReferences}.
 *
 * @param controller whether this owner is the managing controller
 * @param blockOwnerDeletion whether foreground deletion of the owner waits for this dependent
 */
public record OwnerReference(
    String apiVersion,
    String kind,
    String name,
    String uid,
    boolean controller,
    boolean blockOwnerDeletion) {}
