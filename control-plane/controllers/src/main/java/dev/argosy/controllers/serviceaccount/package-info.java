/** The service account {@code default} in every namespace. State: none; entered by its workers. */
@NullMarked
package dev.argosy.controllers.serviceaccount;

import org.jspecify.annotations.NullMarked;
