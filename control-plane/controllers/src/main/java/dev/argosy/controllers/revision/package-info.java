/**
 * The pod templates that a stateful or daemon set has had: ControllerRevisions, one for each, with
 * a number that tells their order. {@link dev.argosy.controllers.revision.Choice} decides which one
 * the present template is, {@link dev.argosy.controllers.revision.RevisionWriter} makes, renumbers
 * and drops them. Entered by the workers of the controllers that own the sets.
 */
@NullMarked
package dev.argosy.controllers.revision;

import org.jspecify.annotations.NullMarked;
