package dev.argosy.server.protobuf;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;

/**
 * What is around every protobuf body ({@code runtime.Unknown}): kind and version, then the message
 * itself as bytes. Read by hand, for the generated reader of the library is an old one that is slow
 * on hostile input.
 */
record Envelope(
    String apiVersion, String kind, ByteString raw, String contentEncoding, String contentType) {

  static final int TYPE_META = 1;
  static final int RAW = 2;
  static final int CONTENT_ENCODING = 3;
  static final int CONTENT_TYPE = 4;

  static Envelope parse(byte[] body, int offset) throws IOException {
    String[] type = {"", ""};
    ByteString raw = ByteString.EMPTY;
    String encoding = "";
    String contentType = "";
    CodedInputStream in = CodedInputStream.newInstance(body, offset, body.length - offset);
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (WireFormat.getTagFieldNumber(tag)) {
        case TYPE_META -> type = typeMeta(in.readByteArray());
        case RAW -> raw = in.readBytes();
        case CONTENT_ENCODING -> encoding = in.readString();
        case CONTENT_TYPE -> contentType = in.readString();
        default -> in.skipField(tag);
      }
    }
    return new Envelope(type[0], type[1], raw, encoding, contentType);
  }

  private static String[] typeMeta(byte[] bytes) throws IOException {
    String[] type = {"", ""};
    CodedInputStream in = CodedInputStream.newInstance(bytes);
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      int field = WireFormat.getTagFieldNumber(tag);
      if (field == 1 || field == 2) {
        type[field - 1] = in.readString();
      } else {
        in.skipField(tag);
      }
    }
    return type;
  }
}
