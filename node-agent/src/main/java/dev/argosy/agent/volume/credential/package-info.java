/**
 * Keys and certificates that pods get for themselves ({@code podCertificate} projections): keys are
 * made here and leave the node as proof only; certificates are asked for by {@code
 * PodCertificateRequest} objects, which a signer of the pod's cluster answers, and asked for anew
 * when the signer says so. What is asked for lives in memory, by {@link
 * dev.argosy.agent.volume.credential.PodCredentials}: an agent that begins anew asks anew, and
 * leaves what is there until it has something newer. The workers of pods enter, each for its own.
 *
 * @see <a
 *     href="https://github.com/kubernetes/enhancements/tree/master/keps/sig-auth/4317-pod-certificates">KEP-4317</a>
 */
@NullMarked
package dev.argosy.agent.volume.credential;

import org.jspecify.annotations.NullMarked;
