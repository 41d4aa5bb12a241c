package dev.argosy.model.managed;

/** The shape of something that has fields which nobody owns. They are no members of it. */
interface SystemFields extends TypeShape {

  boolean unowned(String field);
}
