/**
 * Puts together what the node does for its resources: what it gives to pods, what it does when it
 * runs short, what it limits and clears away. Settings bear the names of kubelet's options.
 */
@NullMarked
package dev.argosy.agent.resource;

import org.jspecify.annotations.NullMarked;
