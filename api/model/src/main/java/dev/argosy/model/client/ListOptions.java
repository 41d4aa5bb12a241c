package dev.argosy.model.client;

/**
 * What to list. Texts are as in the query parameters of the Kubernetes API; empty means not given.
 *
 * @param limit at most so many items; 0 for all
 * @param continueToken where the page before ended
 * @param resourceVersion see "Resource Versions" in the API concepts
 * @param resourceVersionMatch {@code Exact}, {@code NotOlderThan} or empty
 */
public record ListOptions(
    String labelSelector,
    String fieldSelector,
    int limit,
    String continueToken,
    String resourceVersion,
    String resourceVersionMatch) {

  /** Everything, as of now. */
  public static final ListOptions EVERYTHING = new ListOptions("", "", 0, "", "", "");

  public static ListOptions labels(String selector) {
    return new ListOptions(selector, "", 0, "", "", "");
  }

  public static ListOptions fields(String selector) {
    return new ListOptions("", selector, 0, "", "", "");
  }
}
