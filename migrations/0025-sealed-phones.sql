comment on column identity.account.phone is 'As the person gave it, sealed; nobody checked it';
