package dev.argosy.agent.streaming;

import dev.argosy.agent.runtime.spi.ProcessStreams;
import dev.argosy.agent.runtime.spi.RuntimeFailure;
import dev.argosy.model.tunnel.ChannelMessage;
import dev.argosy.model.tunnel.StreamReply;
import dev.argosy.model.tunnel.TunnelStream;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.Optional;

/** A process that someone talks to: exec or attach. */
final class CommandConversation implements PodConversation {

  /** With its header, a message fills a frame of the tunnel. */
  private static final int PIECE = 64 * 1024 - ChannelMessage.HEADER;

  private final ProcessStreams process;
  private final TerminalSizes sizes = new TerminalSizes();

  CommandConversation(ProcessStreams process) {
    this.process = process;
  }

  @Override
  public void converse(TunnelStream stream) throws IOException {
    try (process) {
      new StreamReply.Accepted().writeTo(stream);
      Thread out = pump(process.stdout(), stream, ChannelMessage.STDOUT);
      Thread err = pump(process.stderr(), stream, ChannelMessage.STDERR);
      Thread.ofVirtual().name("exec-input").start(() -> readClient(stream));
      byte[] outcome = outcome();
      out.join();
      err.join();
      new ChannelMessage(ChannelMessage.ERROR, outcome).writeTo(stream.output());
      stream.output().close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while serving a process");
    }
  }

  private byte[] outcome() throws InterruptedException {
    try {
      return Outcome.ofExit(process.awaitExit());
    } catch (RuntimeFailure e) {
      return Outcome.ofFailure(String.valueOf(e.getMessage()));
    }
  }

  private Thread pump(InputStream from, TunnelStream to, int channel) {
    return Thread.ofVirtual().name("exec-output").start(() -> copy(from, to, channel));
  }

  private void copy(InputStream from, TunnelStream to, int channel) {
    byte[] buffer = new byte[ChannelMessage.HEADER + PIECE];
    try {
      for (int n = read(from, buffer); n >= 0; n = read(from, buffer)) {
        ChannelMessage.write(to.output(), channel, buffer, n);
      }
    } catch (IOException e) {
      process.close(); // the client is gone; nobody is there to be told
    }
  }

  private static int read(InputStream from, byte[] buffer) throws IOException {
    return from.read(buffer, ChannelMessage.HEADER, PIECE);
  }

  private void readClient(TunnelStream stream) {
    DataInputStream in = new DataInputStream(new BufferedInputStream(stream.input(), PIECE));
    try {
      Optional<ChannelMessage> message = ChannelMessage.readFrom(in);
      while (message.isPresent()) {
        receive(message.get());
        message = ChannelMessage.readFrom(in);
      }
    } catch (IOException e) {
      process.close(); // the client is gone
    }
  }

  private void receive(ChannelMessage message) {
    try {
      switch (message.channel()) {
        case ChannelMessage.STDIN -> {
          process.stdin().write(message.payload());
          process.stdin().flush();
        }
        case ChannelMessage.CLOSE -> process.stdin().close();
        case ChannelMessage.RESIZE -> resize(message.payload());
        default -> {}
      }
    } catch (IOException e) {
      // the process does not read any more; its end is told by the other direction
    }
  }

  private void resize(byte[] payload) {
    for (TerminalSizes.Size size : sizes.add(payload)) {
      try {
        process.resize(size.columns(), size.rows());
      } catch (RuntimeFailure e) {
        return; // a terminal that has just ended
      }
    }
  }
}
