package dev.argosy.server.watch;

/** By what right a watch is read, and whether that is still what it was. Any thread may ask. */
public interface Warrant {

  /** Of parts of the platform, which may always read. */
  Warrant NO_LIMIT =
      new Warrant() {
        @Override
        public boolean limited() {
          return false;
        }

        @Override
        public String cluster() {
          return "";
        }

        @Override
        public boolean holds() {
          return true;
        }
      };

  /** Whether it can come to an end. */
  boolean limited();

  /** The cluster in which the right is held, as requests name it. */
  String cluster();

  /** Whether its reader may see what they could see when it was opened, no more and no less. */
  boolean holds();
}
