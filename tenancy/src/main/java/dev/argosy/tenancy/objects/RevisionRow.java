package dev.argosy.tenancy.objects;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** The counter of revisions; there is one row. */
@Entity
@Table(name = "store_revision")
class RevisionRow {

  static final short ONLY = 1;

  @Id
  @Column(name = "id")
  private short id;

  @Column(name = "revision", nullable = false)
  private long revision;

  @Column(name = "compacted", nullable = false)
  private long compacted;

  protected RevisionRow() {}

  long revision() {
    return revision;
  }

  long compacted() {
    return compacted;
  }

  long next() {
    revision++;
    return revision;
  }

  void compactTo(long upTo) {
    compacted = upTo;
  }
}
