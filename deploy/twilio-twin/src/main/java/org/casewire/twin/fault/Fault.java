package org.casewire.twin.fault;

import java.time.Duration;

/** What can be made to go wrong, by the step it goes wrong at. */
public sealed interface Fault {

    /** Creating a message over REST. */
    sealed interface OnCreate extends Fault {}

    /** Reading a list of messages, of a message's files or of a Service's numbers. */
    sealed interface OnList extends Fault {}

    /** The message is taken, then the connection is closed without an answer. */
    record AcceptThenClose() implements OnCreate {}

    /** The message is taken, then the answer is a server error. */
    record AcceptThen500(int status, int code) implements OnCreate {}

    /** The message is taken, but the answer comes late. */
    record AcceptThenDelay(Duration delay) implements OnCreate {}

    /** The connection is closed without an answer; nothing is taken. */
    record Close() implements OnCreate, OnList {}

    /** Refused with a status and one of Twilio's codes; nothing is taken. */
    record Status(int status, int code) implements OnCreate, OnList, OnMedia {}

    /** The request is handled late. */
    record Delay(Duration delay) implements OnCreate, OnList, OnMedia {}

    /** Posting a status callback. */
    sealed interface OnCallback extends Fault {}

    /** The callback is never posted. */
    record Drop() implements OnCallback {}

    /** The callback is posted twice. */
    record Repeat() implements OnCallback {}

    /** The callback is held back until the message's next one was posted. */
    record Shuffle() implements OnCallback {}

    /** The callback is posted late, and those after it with it. */
    record DelayCallback(Duration delay) implements OnCallback {}

    /** The callback is signed with another token. */
    record WrongSignature() implements OnCallback {}

    /** Telling an account that somebody texted. */
    sealed interface OnWebhook extends Fault {}

    /** The text exists at Twilio, but nobody is called. */
    record DropWebhook() implements OnWebhook {}

    /** Handing out a picture. */
    sealed interface OnMedia extends Fault {}

    /** The picture is not there. */
    record NotFound() implements OnMedia {}
}
