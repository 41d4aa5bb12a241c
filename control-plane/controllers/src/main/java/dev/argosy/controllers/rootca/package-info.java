/** The config map with the API's CA in every namespace. State: none; entered by its workers. */
@NullMarked
package dev.argosy.controllers.rootca;

import org.jspecify.annotations.NullMarked;
