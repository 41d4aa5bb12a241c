package dev.argosy.scheduler.pod;

/**
 * A claim that a pod uses.
 *
 * @param ephemeral whether it is made for the pod's own volume, and lives as long as the pod
 */
public record ClaimRef(String name, boolean ephemeral) {}
