"""TLS and logging in, on both servers, whose certificates are for `localhost` only: what is checked, what is refused, and that
nothing goes on in the clear when TLS was asked for."""

import os
import pathlib
import subprocess
import tempfile
import unittest

import lab


class Tls(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory(prefix="pipewright-tls-")
        self.addCleanup(self.folder.cleanup)

    def database(self, server):
        database = lab.Database(server)
        self.addCleanup(database.drop)
        database.execute("CREATE TABLE n (id INT PRIMARY KEY); INSERT INTO n VALUES (1);")
        return database

    def on_each_server(self, check):
        for server in ("mariadb", "mysql"):
            with self.subTest(server=server):
                check(self.database(server))

    def account(self, database, requirement="", password="tls-secret"):
        """An account of the test's own: nobody has logged in with it, so no server has its password in a cache."""
        database.execute(f"CREATE USER {database.name}@'%' IDENTIFIED BY '{password}' {requirement};"
                         f"GRANT SELECT, REPLICATION SLAVE, REPLICATION CLIENT ON *.* TO {database.name}@'%';")
        self.addCleanup(database.execute, f"DROP USER IF EXISTS {database.name}@'%'", database="")
        return {"user": database.name}

    def run_with(self, database, extra, host="127.0.0.1", user="cdc", password=None):
        text = lab.source(database, extra, host, user=user) + "sink out: stdout {}\n" + f"""
pipe p {{
  from db;
  into out;
  format canal_json;
  table {database.name}.n;
}}
"""
        program = lab.Program(text, password=password or lab.CAPTURE_PASSWORD)
        try:
            code, output, errors = program.run("--until-caught-up")
        finally:
            program.close()
        self.assertNotIn(program.environment["LAB_PASSWORD"], output + errors)
        return code, output, errors

    def accepted(self, database, *arguments, **options):
        code, output, errors = self.run_with(database, *arguments, **options)
        self.assertEqual(code, 0, errors)
        self.assertIn(f"{database.name}-n", output)

    def refused(self, database, code, words, *arguments, **options):
        found, output, errors = self.run_with(database, *arguments, **options)
        self.assertEqual(found, code, errors)
        self.assertEqual(output, "")
        self.assertIn(words, errors)

    def test_account_that_requires_tls(self):
        def check(database):
            options = {**self.account(database, "REQUIRE SSL"), "password": "tls-secret"}
            self.accepted(database, f"tls verify_ca {{ ca = '{lab.TLS_CA}'; }}", **options)
            self.refused(database, 3, "or `tls` is required", "", **options)

        self.on_each_server(check)

    def test_account_that_requires_a_certificate(self):
        plain = lab.make_client_certificate(self.folder.name, "plain")
        encrypted = lab.make_client_certificate(self.folder.name, "encrypted", "tls-secret")

        def check(database):
            options = {**self.account(database, "REQUIRE SUBJECT '/CN=encrypted'"), "password": "tls-secret", "host": "localhost"}
            ca = f"ca = '{lab.TLS_CA}';"
            self.accepted(database, f"tls {{ {ca} {encrypted} private_key_password = env('LAB_PASSWORD'); }}", **options)
            self.refused(database, 3, "Access denied", f"tls {{ {ca} {plain} }}", **options)
            self.refused(database, 3, "Access denied", f"tls {{ {ca} }}", **options)
            self.refused(database, 1, "it is encrypted; give `tls.private_key_password`", f"tls {{ {ca} {encrypted} }}", **options)
            wrong = "private_key_password = env('HOME');"
            self.refused(database, 1, "`tls.private_key_password` does not open it", f"tls {{ {ca} {encrypted} {wrong} }}", **options)
            no_key = encrypted.replace("encrypted.key", "encrypted.pem")
            self.refused(database, 1, "it holds no private key", f"tls {{ {ca} {no_key} }}", **options)

        self.on_each_server(check)

    def test_server_that_requires_tls(self):
        def by_socket(server, value):
            socket = os.environ[f"PIPEWRIGHT_{server.upper()}_SOCKET"]
            subprocess.run(["mariadb", "--no-defaults", f"--socket={socket}", "-uroot", "-e", f"SET GLOBAL require_secure_transport = {value}"],
                           check=True, capture_output=True)

        def check(database):
            by_socket(database.server, "ON")
            try:
                # MariaDB does not say why.
                if database.server == "mysql":
                    self.refused(database, 1, "give the source `tls", "")
                else:
                    self.refused(database, 3, "or `tls` is required", "")
                self.accepted(database, f"tls {{ ca = '{lab.TLS_CA}'; }}", host="localhost")
            finally:
                by_socket(database.server, "OFF")

        self.on_each_server(check)

    def test_name_of_the_certificate(self):
        def check(database):
            self.accepted(database, f"tls {{ ca = '{lab.TLS_CA}'; }}", host="localhost")
            self.refused(database, 3, "`verify_identity` wants the name", f"tls {{ ca = '{lab.TLS_CA}'; }}", host="127.0.0.1")
            self.accepted(database, f"tls {{ ca = '{lab.TLS_CA}'; server_name = 'localhost'; }}", host="127.0.0.1")
            self.refused(database, 1, "not made out to `elsewhere`", f"tls {{ ca = '{lab.TLS_CA}'; server_name = 'elsewhere'; }}", host="localhost")
            self.accepted(database, f"tls verify_ca {{ ca = '{lab.TLS_CA}'; }}", host="127.0.0.1")

        self.on_each_server(check)

    def test_another_authority_is_refused(self):
        other = pathlib.Path(self.folder.name) / "other.pem"
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
                        "-subj", "/CN=other", "-keyout", f"{self.folder.name}/other.key", "-out", str(other)], check=True, capture_output=True)
        def check(database):
            for mode in ("", "verify_identity", "verify_ca"):
                self.refused(database, 3, "certificate", f"tls {mode} {{ ca = '{other}'; }}", host="localhost")
            # The system's authorities do not know ours either.
            self.refused(database, 3, "certificate", "tls verify_ca;", host="localhost")
            self.accepted(database, "tls trust_any;", host="localhost")

        self.on_each_server(check)

    def test_authority_that_is_not_there(self):
        def check(database):
            self.refused(database, 1, "/nowhere/ca.pem", "tls { ca = '/nowhere/ca.pem'; }", host="localhost")

        self.on_each_server(check)

    def test_oldest_version(self):
        def check(database):
            self.accepted(database, f"tls {{ ca = '{lab.TLS_CA}'; min_version = tls1_3; }}", host="localhost")

        self.on_each_server(check)

    def test_caching_sha2_password_without_tls(self):
        """The password goes out under the server's RSA key, not in the clear."""
        database = self.database("mysql")
        self.accepted(database, "", **self.account(database), password="tls-secret")


if __name__ == "__main__":
    unittest.main()
