package dev.argosy.agent.group;

import java.io.IOException;

/** The kernel's tree of control groups, in one of its versions. */
interface GroupTree {

  /** Makes a group, and those above it, unless they are there. */
  void make(String path) throws IOException;

  /** Gives a group its share; what the kernel has no controller for is left out. */
  void give(String path, Share share) throws IOException;

  /** Removes a group with those below it; fails while a process is in one of them. */
  void remove(String path) throws IOException;
}
