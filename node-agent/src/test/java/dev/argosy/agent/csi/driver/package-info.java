/**
 * A small CSI driver that works: volumes are folders or devices, staged and published by bind
 * mounts. What it has is kept on the disk, so that another instance takes over; failures can be
 * scripted, and every call is remembered without its secrets.
 */
@NullMarked
package dev.argosy.agent.csi.driver;

import org.jspecify.annotations.NullMarked;
