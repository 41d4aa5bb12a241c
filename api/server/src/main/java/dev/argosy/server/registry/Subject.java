package dev.argosy.server.registry;

import dev.argosy.model.access.UserInfo;

/**
 * Who asks, and about which place.
 *
 * @param cluster the logical cluster
 * @param namespace empty if the resource has none
 * @param name empty for reviews
 * @param dryRun whether nothing may be kept
 */
public record Subject(
    UserInfo user, String cluster, String namespace, String name, boolean dryRun) {}
