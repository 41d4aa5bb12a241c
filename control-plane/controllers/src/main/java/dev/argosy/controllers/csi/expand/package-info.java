/**
 * The resizer of drivers that the platform manages: has a driver make a volume as large as its
 * claim asks for, and leaves the rest to the node. What is under way stands in the claim's status.
 */
@NullMarked
package dev.argosy.controllers.csi.expand;

import org.jspecify.annotations.NullMarked;
