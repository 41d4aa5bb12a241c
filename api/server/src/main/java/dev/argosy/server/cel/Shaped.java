package dev.argosy.server.cel;

/** A kind that knows the shape of its objects itself; custom resources do. */
public interface Shaped {
  Shape celShape();
}
