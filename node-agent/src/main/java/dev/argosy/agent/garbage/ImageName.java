package dev.argosy.agent.garbage;

/** References of images that mean the same, written the same. */
final class ImageName {

  private static final String HUB = "docker.io/";

  private ImageName() {}

  /**
   * With registry, and a tag or digest: {@code busybox} is {@code
   * docker.io/library/busybox:latest}.
   */
  static String full(String reference) {
    int slash = reference.indexOf('/');
    String first = slash < 0 ? "" : reference.substring(0, slash);
    boolean registry = first.contains(".") || first.contains(":") || first.equals("localhost");
    String path = registry ? reference : HUB + reference;
    if (path.startsWith(HUB) && path.indexOf('/', HUB.length()) < 0) {
      path = HUB + "library/" + path.substring(HUB.length());
    }
    boolean tagged = path.contains("@") || path.lastIndexOf(':') > path.lastIndexOf('/');
    return tagged ? path : path + ":latest";
  }
}
