/**
 * What all controllers that run pods share: who owns a pod, what a pod made of a template looks
 * like, making and deleting pods in batches, and which pods go first. Owns no state of its own; a
 * {@link dev.argosy.controllers.workload.PodWriter} belongs to one controller and is entered by its
 * workers.
 */
@NullMarked
package dev.argosy.controllers.workload;

import org.jspecify.annotations.NullMarked;
