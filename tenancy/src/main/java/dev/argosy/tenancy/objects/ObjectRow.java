package dev.argosy.tenancy.objects;

import jakarta.persistence.Column;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** The newest state of one object. */
@Entity
@Table(name = "stored_object")
class ObjectRow {

  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  @Column(name = "id")
  private long id;

  @Embedded private KeyColumns key = new KeyColumns();

  @Column(name = "revision", nullable = false)
  private long revision;

  @Column(name = "document", nullable = false)
  private byte[] document = {};

  protected ObjectRow() {}

  ObjectRow(KeyColumns key) {
    this.key = key;
  }

  long revision() {
    return revision;
  }

  void become(long newRevision, byte[] newDocument) {
    revision = newRevision;
    document = newDocument;
  }

  StoredDocument stored() {
    return new StoredDocument(key.key(), document, revision);
  }
}
