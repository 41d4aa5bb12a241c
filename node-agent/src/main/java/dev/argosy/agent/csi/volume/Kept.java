package dev.argosy.agent.csi.volume;

import dev.argosy.agent.kept.KeptJson;
import dev.argosy.model.object.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is written down beside a mount.
 *
 * @param podVolume its name in the pod; empty for a staged one
 * @param attached whether it was to be attached to the node
 * @param tried whether the driver was asked to mount it: then it must be asked to take it back
 * @param mounted whether it did
 */
record Kept(
    String driver,
    String handle,
    String name,
    String podVolume,
    boolean attached,
    boolean tried,
    boolean mounted) {

  private static final String FILE = "vol_data.json";

  static Kept of(CsiVolume volume, String podVolume, boolean attached) {
    return new Kept(
        volume.driver(), volume.handle(), volume.name(), podVolume, attached, false, false);
  }

  Kept asTried() {
    return new Kept(driver, handle, name, podVolume, attached, true, mounted);
  }

  Kept asMounted() {
    return new Kept(driver, handle, name, podVolume, attached, true, true);
  }

  boolean same(String otherDriver, String otherHandle) {
    return driver.equals(otherDriver) && handle.equals(otherHandle);
  }

  String unique() {
    return "kubernetes.io/csi/" + driver + "^" + handle;
  }

  private static KeptJson in(Path folder) {
    return new KeptJson(folder.resolve(FILE));
  }

  /** Empty if there is none that can be read. */
  static Optional<Kept> read(Path folder) {
    return in(folder).read().map(Kept::of).filter(k -> !k.driver.isEmpty() && !k.handle.isEmpty());
  }

  private static Kept of(JsonNode tree) {
    return new Kept(
        tree.path("driverName").asString(""),
        tree.path("volumeHandle").asString(""),
        tree.path("specVolID").asString(""),
        tree.path("podVolume").asString(""),
        tree.path("attached").asBoolean(false),
        tree.path("tried").asBoolean(false),
        tree.path("mounted").asBoolean(false));
  }

  void write(Path folder) throws IOException {
    ObjectNode tree = Json.object();
    tree.put("driverName", driver).put("volumeHandle", handle).put("specVolID", name);
    tree.put("podVolume", podVolume).put("attached", attached);
    tree.put("tried", tried).put("mounted", mounted);
    in(folder).write(tree);
  }

  /** Forgets it, and the folder, in which nothing else may be left. */
  static void remove(Path folder) throws IOException {
    in(folder).remove();
    Files.deleteIfExists(folder);
  }
}
