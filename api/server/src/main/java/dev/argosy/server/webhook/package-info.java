/**
 * Admission webhooks: {@code MutatingWebhookConfiguration} and {@code
 * ValidatingWebhookConfiguration} of each logical cluster, as two admission steps.
 *
 * <p>State: each cluster's configurations, compiled, in {@link
 * dev.argosy.server.webhook.HookSource} until they change; nothing for clusters without any. Every
 * writing thread enters; the validating hooks of one write are called on virtual threads.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers/">
 *     Dynamic admission control</a>
 */
@NullMarked
package dev.argosy.server.webhook;

import org.jspecify.annotations.NullMarked;
