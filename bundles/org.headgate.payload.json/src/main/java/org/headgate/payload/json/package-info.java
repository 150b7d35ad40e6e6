/** The default payload: one JSON object a batch. */
package org.headgate.payload.json;
