// An OPC UA server by node-opcua that encrypts, and trusts nobody whom it does not know: node secure.js PORT FOLDER. Its certificate and those
// that it trusts or has rejected are kept in the folder, and its fingerprint is said. Standard input takes "trust": what was rejected is trusted
// from then on; and "sessions".
"use strict";
const opcua = require("node-opcua");
const fs = require("fs");
const path = require("path");
const { X509Certificate } = require("crypto");
const { readCertificate } = require("node-opcua-crypto");

const [port, folder] = process.argv.slice(2);

(async () => {
    const certificates = (name) =>
        new opcua.OPCUACertificateManager({ rootFolder: path.join(folder, name), automaticallyAcceptUnknownCertificate: false });
    const pki = certificates("pki");
    await pki.initialize();
    const server = new opcua.OPCUAServer({
        port: Number(port),
        host: "127.0.0.1",
        hostname: "127.0.0.1",
        alternateHostname: "127.0.0.1", // what its certificate is for, beside the machine
        securityPolicies: [opcua.SecurityPolicy.Basic256Sha256, opcua.SecurityPolicy.Aes128_Sha256_RsaOaep],
        securityModes: [opcua.MessageSecurityMode.Sign, opcua.MessageSecurityMode.SignAndEncrypt],
        serverCertificateManager: pki,
        userCertificateManager: certificates("user"),
        disableDiscovery: false, // or nobody could ask for its endpoints, as nothing is offered without security
        allowAnonymous: true,
        userManager: { isValidUser: (user, password) => user === "operator" && password === "let me in" },
    });
    await server.initialize();
    const space = server.engine.addressSpace;
    const plant = space.registerNamespace("urn:plant");
    const boiler = plant.addObject({ organizedBy: space.rootFolder.objects, browseName: "Boiler", nodeId: "s=boiler" });
    plant.addAnalogDataItem({
        componentOf: boiler, browseName: "Temperature", nodeId: "s=temperature", dataType: "Double", engineeringUnitsRange: { low: 0, high: 100 },
        engineeringUnits: opcua.standardUnits.degree_celsius,
    }).setValueFromSource({ dataType: "Double", value: 71.5 });
    await server.start();
    require("readline").createInterface({ input: process.stdin }).on("line", async (line) => {
        if (line === "sessions") {
            console.log("sessions " + server.engine.currentSessionCount);
        } else if (line === "trust") {
            const rejected = path.join(folder, "pki", "rejected");
            for (const file of fs.readdirSync(rejected)) {
                await pki.trustCertificate(readCertificate(path.join(rejected, file)));
            }
            console.log("trusted");
        }
    });
    console.log("fingerprint " + new X509Certificate(server.getCertificate()).fingerprint256);
    console.log("ready " + server.getEndpointUrl());
})().catch((error) => {
    console.log("failed " + error.stack);
    process.exit(1);
});
