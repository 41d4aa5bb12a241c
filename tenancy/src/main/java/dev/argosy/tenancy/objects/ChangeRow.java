package dev.argosy.tenancy.objects;

import jakarta.persistence.Column;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** One entry of the change log; never changed, only compacted away. */
@Entity
@Immutable
@Table(name = "change_log")
@IdClass(ChangeRow.Position.class)
class ChangeRow {

  /** Position in the log. */
  record Position(long revision, int ordinal) {}

  @Id
  @Column(name = "revision")
  private long revision;

  @Id
  @Column(name = "ordinal")
  private int ordinal;

  @Embedded private KeyColumns key = new KeyColumns();

  @Column(name = "document")
  private byte @Nullable [] document;

  protected ChangeRow() {}

  ChangeRow(long revision, int ordinal, KeyColumns key, byte @Nullable [] document) {
    this.revision = revision;
    this.ordinal = ordinal;
    this.key = key;
    this.document = document;
  }

  long revision() {
    return revision;
  }

  LoggedChange change() {
    byte[] stored = document;
    return stored == null
        ? new LoggedChange.Removed(key.key(), revision)
        : new LoggedChange.Stored(new StoredDocument(key.key(), stored, revision));
  }
}
