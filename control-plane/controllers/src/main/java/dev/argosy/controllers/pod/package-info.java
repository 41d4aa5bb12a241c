/** What controllers know of a pod. Values only; decoded once per revision. */
@NullMarked
package dev.argosy.controllers.pod;

import org.jspecify.annotations.NullMarked;
