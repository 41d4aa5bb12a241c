package dev.argosy.agent.runtime.cri;

import java.util.List;

/** {@code Signal}: the interface's numbers are its own, and not the kernel's. */
final class CriSignals {

  /** By the alphabet, from 1. */
  private static final List<String> NAMES =
      List.of(
          ("SIGABRT SIGALRM SIGBUS SIGCHLD SIGCLD SIGCONT SIGFPE SIGHUP SIGILL SIGINT SIGIO SIGIOT"
                  + " SIGKILL SIGPIPE SIGPOLL SIGPROF SIGPWR SIGQUIT SIGSEGV SIGSTKFLT SIGSTOP"
                  + " SIGSYS SIGTERM SIGTRAP SIGTSTP SIGTTIN SIGTTOU SIGURG SIGUSR1 SIGUSR2"
                  + " SIGVTALRM SIGWINCH SIGXCPU SIGXFSZ SIGRTMIN")
              .split(" "));

  private static final int LAST = 65;

  private CriSignals() {}

  /** The number of a name such as {@code SIGTERM} or {@code SIGRTMIN+3}; 0 for the image's own. */
  static int number(String name) {
    if (name.matches("SIGRTMIN\\+[0-9]{1,2}")) {
      return NAMES.size() + Integer.parseInt(name.substring("SIGRTMIN+".length()));
    }
    if (name.matches("SIGRTMAX-[0-9]{1,2}")) {
      return LAST - Integer.parseInt(name.substring("SIGRTMAX-".length()));
    }
    return name.equals("SIGRTMAX") ? LAST : NAMES.indexOf(name) + 1;
  }
}
