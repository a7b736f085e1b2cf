/** What the services' tests stand on: a real broker, a real database, real tokens. */
package org.casewire.events.testing;
