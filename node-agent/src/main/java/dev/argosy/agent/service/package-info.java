/**
 * What the agent says to the service manager that started it, and which version it is. Nothing here
 * has state; both are called once, by the agent's main thread.
 */
@NullMarked
package dev.argosy.agent.service;

import org.jspecify.annotations.NullMarked;
