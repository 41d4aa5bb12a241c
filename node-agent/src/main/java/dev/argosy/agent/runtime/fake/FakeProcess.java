package dev.argosy.agent.runtime.fake;

import dev.argosy.agent.runtime.pipe.BytePipe;
import dev.argosy.agent.runtime.spi.ProcessStreams;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** A script's streams. */
final class FakeProcess implements ProcessStreams {

  private final BytePipe pipe;
  private final InputStream stdout;
  private final InputStream stderr;
  private final int code;

  private FakeProcess(BytePipe pipe, InputStream stdout, String stderr, int code) {
    this.pipe = pipe;
    this.stdout = stdout;
    this.stderr = bytes(stderr);
    this.code = code;
  }

  static FakeProcess ended(String out, String err, int code) {
    BytePipe closed = new BytePipe(1);
    closed.close();
    return new FakeProcess(closed, bytes(out), err, code);
  }

  static FakeProcess copying(BytePipe pipe) {
    return new FakeProcess(pipe, pipe.input(), "", 0);
  }

  private static InputStream bytes(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public OutputStream stdin() {
    return pipe.output();
  }

  @Override
  public InputStream stdout() {
    return stdout;
  }

  @Override
  public InputStream stderr() {
    return stderr;
  }

  @Override
  public void resize(int columns, int rows) {
    // a script has no terminal to size
  }

  @Override
  public int awaitExit() {
    pipe.awaitClosed();
    return code;
  }

  @Override
  public void close() {
    pipe.close();
  }
}
