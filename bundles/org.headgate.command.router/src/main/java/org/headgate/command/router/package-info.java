/** The one way in which anything is done: identity, expiry, rate, a time limit and the audit log around every handler. */
package org.headgate.command.router;
