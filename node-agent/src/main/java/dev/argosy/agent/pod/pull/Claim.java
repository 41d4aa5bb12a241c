package dev.argosy.agent.pod.pull;

import dev.argosy.agent.runtime.spi.ImageStore.Credentials;

/**
 * Credentials that a pod brings for an image, and whose they are.
 *
 * @param secret the secret that they come from: cluster, namespace, name and uid
 */
record Claim(Credentials credentials, String secret) {}
