/** A pod subnet for every node. State: none beyond its one worker's. */
@NullMarked
package dev.argosy.controllers.ipam;

import org.jspecify.annotations.NullMarked;
