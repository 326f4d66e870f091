FROM node:20
ONBUILD ARG NODE_ENV
ONBUILD ENV NODE_ENV $NODE_ENV
ONBUILD COPY package.json /usr/src/app/
ONBUILD ADD . /usr/src/app
ONBUILD RUN apt-get update && apt-get install -y git
WORKDIR /usr/src/app
CMD [ "npm", "start" ]
