/**
 * Pages of the node itself, under kubelet's paths: metrics, configuration, health. They are the
 * platform's alone, since they show pods of all tenants; the server lets nobody else ask. Any
 * thread may.
 */
@NullMarked
package dev.argosy.agent.page;

import org.jspecify.annotations.NullMarked;
