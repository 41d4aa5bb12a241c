package dev.argosy.tenancy.objects;

import jakarta.persistence.Column;
import jakarta.persistence.Id;
import jakarta.persistence.MappedSuperclass;
import jakarta.persistence.Version;

/**
 * The typed row of an object, by the object's name.
 *
 * @param <T> what the object says
 */
@MappedSuperclass
public abstract class NamedRow<T> {

  @Id
  @Column(name = "name")
  private String name = "";

  @Version
  @Column(name = "version", nullable = false)
  private long version;

  /** For JPA. */
  protected NamedRow() {}

  protected NamedRow(String name) {
    this.name = name;
  }

  /** Takes over what the object says now. */
  protected abstract void become(T value);
}
