package dev.argosy.server.cel.value;

import dev.argosy.server.cel.Shape;
import java.util.AbstractList;
import java.util.RandomAccess;
import tools.jackson.databind.node.ArrayNode;

/** A JSON array, seen as a list. */
public final class JsonList extends AbstractList<Object> implements RandomAccess {

  private final ArrayNode tree;
  private final Shape.ListOf shape;

  JsonList(ArrayNode tree, Shape.ListOf shape) {
    this.tree = tree;
    this.shape = shape;
  }

  /** The tree that is seen; not to be changed. */
  public ArrayNode tree() {
    return tree;
  }

  /** How it is compared and added to. */
  public Shape.ListOf shape() {
    return shape;
  }

  @Override
  public Object get(int index) {
    return JsonValues.of(tree.get(index), shape.item());
  }

  @Override
  public int size() {
    return tree.size();
  }
}
