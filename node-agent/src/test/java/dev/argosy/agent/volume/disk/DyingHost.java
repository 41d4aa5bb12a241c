package dev.argosy.agent.volume.disk;

import dev.argosy.agent.volume.mount.MountTable;
import java.io.IOException;
import java.nio.file.Path;

/** This machine, for an agent that dies after so many steps: the rest is not done. */
final class DyingHost implements Host {

  /** The agent is dead. */
  static final class Died extends Error {
    private static final long serialVersionUID = 1L;
  }

  private final Host real = new LinuxHost();
  private int left;

  DyingHost(int steps) {
    this.left = steps;
  }

  private interface Step {
    void done() throws IOException;
  }

  private void step(Step step) throws IOException {
    if (left == 0) {
      throw new Died();
    }
    left--;
    step.done();
  }

  @Override
  public String lacking() {
    return real.lacking();
  }

  @Override
  public MountTable mounts() throws IOException {
    return real.mounts();
  }

  @Override
  public void makeFolder(Path folder) throws IOException {
    step(() -> real.makeFolder(folder));
  }

  @Override
  public void write(Path file, byte[] content) throws IOException {
    step(() -> real.write(file, content));
  }

  @Override
  public void stretch(Path file, long bytes) throws IOException {
    step(() -> real.stretch(file, bytes));
  }

  @Override
  public void format(Path file) throws IOException {
    step(() -> real.format(file));
  }

  @Override
  public long formatted(Path file) throws IOException {
    return real.formatted(file);
  }

  @Override
  public void mount(Path file, Path target) throws IOException {
    step(() -> real.mount(file, target));
  }

  @Override
  public void unmount(Path target) throws IOException {
    step(() -> real.unmount(target));
  }

  @Override
  public void open(Path root) throws IOException {
    step(() -> real.open(root));
  }

  @Override
  public void rename(Path file, Path other) throws IOException {
    step(() -> real.rename(file, other));
  }

  @Override
  public boolean attached(Path file) throws IOException {
    return real.attached(file);
  }

  @Override
  public void grow(Path file) throws IOException {
    step(() -> real.grow(file));
  }

  @Override
  public boolean growMounted(Path file) throws IOException {
    step(() -> {});
    return false;
  }

  @Override
  public boolean loops() {
    return real.loops();
  }

  @Override
  public Path loop(Path file) throws IOException {
    step(() -> {});
    return real.loop(file);
  }

  @Override
  public void show(Path device, Path target) throws IOException {
    step(() -> real.show(device, target));
  }

  @Override
  public void widen(Path file) throws IOException {
    step(() -> real.widen(file));
  }

  @Override
  public void unloop(Path file) throws IOException {
    step(() -> real.unloop(file));
  }

  @Override
  public void delete(Path path) throws IOException {
    step(() -> real.delete(path));
  }
}
