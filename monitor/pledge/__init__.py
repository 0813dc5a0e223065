"""The list of the Pledge's signatories: read from the Coalition's page, compared with what is known, proposed to people."""
