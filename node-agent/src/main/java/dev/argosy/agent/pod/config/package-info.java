/**
 * What a container gets from its pod's specification: environment, files, limits, rights. Files
 * live in the agent's data folder, one folder a pod; each pod's worker alone writes there.
 */
@NullMarked
package dev.argosy.agent.pod.config;

import org.jspecify.annotations.NullMarked;
