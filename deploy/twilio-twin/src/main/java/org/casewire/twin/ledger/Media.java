package org.casewire.twin.ledger;

/** One file of a message: Twilio's SID for it, where it came from and its type as far as known. */
public record Media(String sid, String url, String contentType) {}
