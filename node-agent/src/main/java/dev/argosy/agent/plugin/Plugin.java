package dev.argosy.agent.plugin;

import dev.argosy.agent.grpc.GrpcFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One socket of the folder: asked what it is until that is known and its handler has taken it, then
 * looked at from time to time. One thread at a time.
 */
final class Plugin {

  private static final Logger LOG = LoggerFactory.getLogger(Plugin.class);
  private static final Duration FIRST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofMinutes(1);

  /** Nobody need listen when one looks once: a socket may be full for a moment. */
  private static final int MISSED = 2;

  private final SocketFile file;
  private final Map<String, PluginHandler> handlers;
  private @Nullable PluginInfo taken;
  private Duration pause = FIRST;
  private Instant next = Instant.MIN;
  private int missed;
  private String told = "";

  Plugin(SocketFile file, Map<String, PluginHandler> handlers) {
    this.file = file;
    this.handlers = handlers;
  }

  SocketFile file() {
    return file;
  }

  /** What is due: asks who has not been taken, looks whether the others are still there. */
  synchronized void step(Instant now) throws InterruptedException {
    if (taken != null) {
      look(taken);
    } else if (!now.isBefore(next)) {
      next = now.plus(pause);
      pause = pause.multipliedBy(2).compareTo(LONGEST) < 0 ? pause.multipliedBy(2) : LONGEST;
      ask();
    }
  }

  private void ask() throws InterruptedException {
    try {
      PluginInfo info = Registration.info(file.path());
      String error = take(info);
      Registration.tell(file.path(), error);
      if (!error.isEmpty()) {
        troubled(info.name() + " was not taken: " + error);
      }
    } catch (GrpcFailure | PluginRefusal e) {
      troubled(String.valueOf(e.getMessage()));
    }
  }

  /** Why it was not taken; empty if it was. */
  private String take(PluginInfo info) throws InterruptedException {
    PluginHandler handler = handlers.get(info.type());
    if (handler == null) {
      return "this node has no handler for plug-ins of type " + info.type();
    }
    try {
      handler.registered(info);
      taken = info;
      missed = 0;
      pause = FIRST;
      told = "";
      LOG.info("plug-in {} ({}) has registered", info.name(), info.type());
      return "";
    } catch (PluginRefusal e) {
      return String.valueOf(e.getMessage());
    } catch (RuntimeException e) {
      LOG.error("plug-in {} could not be taken", info.name(), e);
      return "this node could not take it: " + e;
    }
  }

  private void troubled(String why) {
    if (!why.equals(told)) {
      told = why;
      LOG.warn("plug-in at {}: {}", file.path(), why);
    }
  }

  private void look(PluginInfo info) {
    boolean there = SocketFile.answers(info.socket()) && SocketFile.answers(info.endpoint());
    missed = there ? 0 : missed + 1;
    if (missed >= MISSED) {
      end();
    }
  }

  /** Its socket is gone, or nobody listens. */
  synchronized void end() {
    PluginInfo info = taken;
    if (info == null) {
      return;
    }
    taken = null;
    pause = FIRST;
    next = Instant.MIN;
    LOG.info("plug-in {} ({}) is gone", info.name(), info.type());
    PluginHandler handler = handlers.get(info.type());
    try {
      if (handler != null) {
        handler.gone(info);
      }
    } catch (RuntimeException e) {
      LOG.error("plug-in {} could not be put away", info.name(), e);
    }
  }
}
