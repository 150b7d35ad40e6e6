/**
 * Values found in messages that others write: JSON by pointer, CSV by column, plain text, SenML in JSON and CBOR.
 *
 * <p>For drivers whose devices send messages of their own making. A channel's source says where in the message its value is; a message
 * with several instants becomes as many rows, each with the time that it names.
 */
@Export
@Version("1.0.0")
package org.headgate.messages;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
