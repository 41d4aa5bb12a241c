/**
 * Questions about access that are asked as objects: may I, may they, what may I, who am I, whose
 * token is this; and, of the platform's own, why or why not, and who can. They are answered by the
 * same authorizer and the same token check as requests. No state; any thread.
 *
 * <p>A question is about the cluster that it is asked in: names in it are names of that cluster.
 */
@NullMarked
package dev.argosy.server.review;

import org.jspecify.annotations.NullMarked;
