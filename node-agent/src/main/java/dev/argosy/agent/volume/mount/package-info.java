/**
 * What is mounted on this machine, and how something is mounted and unmounted there. Without state;
 * any thread may enter.
 */
@NullMarked
package dev.argosy.agent.volume.mount;

import org.jspecify.annotations.NullMarked;
