/**
 * Images of containers: whether one that is present may be used, with which credentials others are
 * fetched, and how many at a time. What is kept on disk is which credentials a present image was
 * fetched with, so that it is no gift to other tenants; nothing of the credentials themselves can
 * be read from it. {@link dev.argosy.agent.pod.pull.ImagePulls} is called by the pods' workers, any
 * thread.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/concepts/containers/images/#ensureimagepullcredentialverification">Image
 *     pull credential verification</a>
 */
@NullMarked
package dev.argosy.agent.pod.pull;

import org.jspecify.annotations.NullMarked;
