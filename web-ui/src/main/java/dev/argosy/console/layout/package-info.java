/**
 * The frame around every view: side navigation, tenant switch, light and dark, and the small parts
 * that views share.
 */
@NullMarked
package dev.argosy.console.layout;

import org.jspecify.annotations.NullMarked;
